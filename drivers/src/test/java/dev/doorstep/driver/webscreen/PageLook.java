package dev.doorstep.driver.webscreen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;

/** How a page looks: its pictures are left in {@code target/screenshots}, for a person to see. */
final class PageLook {
  private PageLook() {}

  /** Leaves a picture and demands that everything on it can be read and pressed. */
  static void demand(Browser browser, String name) throws IOException {
    browser.picture(Path.of("target", "screenshots", name + ".png"));
    assertThat(
            browser.values(
                """
        (() => {
          const small = [];
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const box = walker.currentNode.parentElement;
            const shown = box.getClientRects().length > 0 && walker.currentNode.data.trim() !== '';
            if (shown && parseFloat(getComputedStyle(box).fontSize) < 18) {
              small.push(walker.currentNode.data);
            }
          }
          return small;
        })()"""))
        .as("texts below 18 px in %s", name)
        .isEmpty();
    assertThat(
            browser.values(
                """
        [...document.querySelectorAll('body *')].filter((box) => {
          if (box.id === 'spoken') {
            return false; // nobody sees it
          }
          if (box.closest('.large .paper') && box.matches('img')) {
            return false; // larger than its place, to be moved in it
          }
          if (box.closest('.paper') && !box.matches('.paper')) {
            return box.getBoundingClientRect().right > innerWidth; // down there it is scrolled to
          }
          const place = box.getBoundingClientRect();
          return place.left < 0 || place.top < 0
              || place.right > innerWidth + 0.5 || place.bottom > innerHeight + 0.5
              || (!(box instanceof SVGElement) && !box.matches('.large .paper') && box.scrollWidth > box.clientWidth + 1
                  && getComputedStyle(box).display !== 'inline');
        }).map((box) => box.tagName + '.' + box.className)"""))
        .as("cut off in %s", name)
        .isEmpty();
    assertThat(
            browser.values(
                """
        [...document.querySelectorAll('button')].filter(
            (button) => !button.hidden && (button.offsetWidth < 48 || button.offsetHeight < 48
                || button.textContent.trim() === '')).map((button) => button.className)"""))
        .as("buttons that are too small or have no name in %s", name)
        .isEmpty();
  }
}
