package dev.doorstep.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicsTest {
  private static final Topics TOPICS = new Topics("jingan-0042");

  @Test
  void formsEveryTopic() {
    assertThat(TOPICS.command("reader")).isEqualTo("doorstep/v1/jingan-0042/command/reader");
    assertThat(TOPICS.commands()).isEqualTo("doorstep/v1/jingan-0042/command/+");
    assertThat(TOPICS.reply("hall")).isEqualTo("doorstep/v1/jingan-0042/reply/hall");
    assertThat(TOPICS.blob("hall", "b", 7)).isEqualTo("doorstep/v1/jingan-0042/blob/hall/b/7");
    assertThat(TOPICS.upload("hall", "b", 7)).isEqualTo("doorstep/v1/jingan-0042/upload/hall/b/7");
    assertThat(TOPICS.uploads()).isEqualTo("doorstep/v1/jingan-0042/upload/+/+/+");
    assertThat(TOPICS.status()).isEqualTo("doorstep/v1/jingan-0042/status");
    assertThat(TOPICS.preview("hall", "a1")).isEqualTo("doorstep/v1/jingan-0042/preview/hall/a1");
    assertThat(TOPICS.telemetry()).isEqualTo("doorstep/v1/jingan-0042/telemetry");
    assertThat(TOPICS.inspection()).isEqualTo("doorstep/v1/jingan-0042/inspection");
    assertThat(TOPICS.about()).isEqualTo("doorstep/v1/jingan-0042/about");
    assertThat(TOPICS.device("pad")).isEqualTo("doorstep/v1/jingan-0042/device/pad");
    assertThat(TOPICS.event("pad")).isEqualTo("doorstep/v1/jingan-0042/event/pad");
    assertThat(TOPICS.upload("hall", "b", 7)).isEqualTo("doorstep/v1/jingan-0042/upload/hall/b/7");
    assertThat(Topics.announcements())
        .contains("doorstep/v1/+/status", "doorstep/v1/+/about")
        .contains("doorstep/v1/+/device/+", "doorstep/v1/+/event/+");
    assertThat(Topics.replies("hall")).isEqualTo("doorstep/v1/+/reply/hall");
    assertThat(Topics.blobs("hall")).isEqualTo("doorstep/v1/+/blob/hall/+/+");
  }

  @Test
  void readsThemBack() {
    assertThat(TOPICS.deviceOf(TOPICS.command("reader"))).contains("reader");
    assertThat(TOPICS.clientOf(TOPICS.reply("hall"))).contains("hall");
    assertThat(TOPICS.documentOf(TOPICS.device("pad"))).contains("pad");
    assertThat(TOPICS.eventOf(TOPICS.event("pad"))).contains("pad");
    assertThat(TOPICS.pieceOf("hall", TOPICS.blob("hall", "b", 0)))
        .contains(new Topics.Piece("b", 0));
    assertThat(TOPICS.uploadOf(TOPICS.upload("hall", "b", 3)))
        .contains(new Topics.Upload("hall", new Topics.Piece("b", 3)));
    assertThat(Topics.of(TOPICS.status())).contains(TOPICS);
    assertThat(Topics.of(TOPICS.blob("hall", "b", 123456789))).contains(TOPICS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "doorstep/v1/",
        "doorstep/v1/jingan-0042",
        "doorstep/v1//reply/hall",
        "doorstep/v1/jing an/reply/hall",
        "doorstep/v2/jingan-0042/reply/hall",
        "x/doorstep/v1/jingan-0042/reply/hall",
      })
  void knowsForeignTopics(String topic) {
    assertThat(Topics.of(topic)).isEmpty();
    assertThat(TOPICS.clientOf(topic)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "doorstep/v1/jingan-0042/reply/",
        "doorstep/v1/jingan-0042/reply/a/b",
        "doorstep/v1/jingan-0042/reply/+",
        "doorstep/v1/jingan-0042/reply/#",
        "doorstep/v1/jingan-0042/command/hall",
        "doorstep/v1/jingan-00421/reply/hall",
      })
  void takesNoOtherTopicForAReplyTopic(String topic) {
    assertThat(TOPICS.clientOf(topic)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"b", "b/", "b/-1", "b/01", "b/1/2", "b/1x", "b/1234567890", "/1", "b c/1"})
  void takesNoOtherTopicForAPiece(String rest) {
    assertThat(TOPICS.pieceOf("hall", "doorstep/v1/jingan-0042/blob/hall/" + rest)).isEmpty();
    assertThat(TOPICS.pieceOf("hal", "doorstep/v1/jingan-0042/blob/hall/b/1")).isEmpty();
    assertThat(TOPICS.uploadOf("doorstep/v1/jingan-0042/upload/hall/" + rest)).isEmpty();
    assertThat(TOPICS.uploadOf("doorstep/v1/jingan-0042/upload/ha ll/b/1")).isEmpty();
    assertThat(TOPICS.uploadOf("doorstep/v1/other/upload/hall/b/1")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "+", "#", "a b", "ä", "a\n"})
  void refusesNamesThatAreNone(String name) {
    assertThatThrownBy(() -> new Topics(name)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TOPICS.command(name)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TOPICS.blob("c", name, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Names.valid("a".repeat(64))).isTrue();
    assertThat(Names.valid("a".repeat(65))).isFalse();
  }

  @Test
  void makesRandomNames() {
    assertThat(Names.random()).hasSize(26).matches(Names::valid).isNotEqualTo(Names.random());
  }
}
