package dev.doorstep.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorstep.protocol.operation.CapturedDocument;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentTest {
  private static final String DIGEST = "0123456789abcdef".repeat(4);

  private static Content read(String json) throws InvalidMessageException {
    return Codec.read(Content.class, json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void carriesASmallDocumentInTheMessage() throws Exception {
    byte[] bytes = new byte[Content.LARGEST_INLINE];
    bytes[7] = 42;

    Content read = read(Codec.tree(Content.of("image/jpeg", bytes)).toString());

    assertThat(read).isInstanceOf(Content.Data.class);
    assertThat(((Content.Data) read).bytes()).isEqualTo(bytes);
    assertThat(read.contentType()).isEqualTo("image/jpeg");
    assertThat(read.size()).isEqualTo(48 * 1024);
  }

  @Test
  void refersToALargeOneThatWasHandedOver() throws Exception {
    byte[] bytes = new byte[Content.LARGEST_INLINE + 1];
    Content.Blob blob = new Content.Blob("image/jpeg", "b1", bytes.length, DIGEST, 1);
    List<Content.Data> kept = new ArrayList<>();
    CapturedDocument document = new CapturedDocument(Content.of("image/jpeg", bytes), 10, 20);

    var tree =
        Codec.tree(
            document,
            data -> {
              kept.add(data);
              return blob;
            });

    assertThat(kept).singleElement().extracting(Content.Data::bytes).isSameAs(bytes);
    assertThat(tree.path("content"))
        .hasToString(
            "{\"contentType\":\"image/jpeg\",\"blob\":{\"id\":\"b1\",\"size\":49153,\"sha256\":\""
                + DIGEST
                + "\",\"pieces\":1}}");
    assertThat(Codec.read(CapturedDocument.class, tree).content()).isEqualTo(blob);
    assertThat(Codec.tree(new CapturedDocument(blob, 10, 20))).isEqualTo(tree);
  }

  @Test
  void doesNotWriteALargeOneWithoutAPlaceForIt() {
    assertThatThrownBy(
            () -> Codec.write(Content.of("image/jpeg", new byte[Content.LARGEST_INLINE + 1])))
        .hasMessageContaining("48 KiB");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'contentType':'a/b'}",
        "{'base64':'AAAA'}",
        "{'contentType':'','base64':'AAAA'}",
        "{'contentType':'a/b','base64':'AA?A'}",
        "{'contentType':'a/b','base64':null}",
        "{'contentType':'a/b','base64':17}",
        "{'contentType':'a/b','base64':'AAAA','blob':{'id':'b','size':1,'sha256':'#','pieces':1}}",
        "{'contentType':'a/b','blob':{}}",
        "{'contentType':'a/b','blob':{'id':'b/c','size':1,'sha256':'#','pieces':1}}",
        "{'contentType':'a/b','blob':{'id':'b','size':0,'sha256':'#','pieces':1}}",
        "{'contentType':'a/b','blob':{'id':'b','size':1,'sha256':'#','pieces':0}}",
        "{'contentType':'a/b','blob':{'id':'b','size':1,'sha256':'#','pieces':2}}",
        "{'contentType':'a/b','blob':{'id':'b','size':65537,'sha256':'#','pieces':1}}",
        "{'contentType':'a/b','blob':{'id':'b','size':1e9,'sha256':'#','pieces':1}}",
        "{'contentType':'a/b','blob':{'id':'b','size':9000000000,'sha256':'#','pieces':200000}}",
        "{'contentType':'a/b','blob':{'id':'b','size':1,'sha256':'abc','pieces':1}}",
        "[]",
        "'text'",
        "null"
      })
  void refusesWhatIsNone(String json) {
    assertThatThrownBy(() -> read(json.replace("#", DIGEST)))
        .isInstanceOf(InvalidMessageException.class)
        .message()
        .doesNotContain("AA?A", "b/c", "Exception");
  }

  @Test
  void refusesALargeOneInsideAMessage() {
    String base64 = "A".repeat((Content.LARGEST_INLINE / 3 + 1) * 4);
    assertThatThrownBy(() -> read("{'contentType':'a/b','base64':'" + base64 + "'}"))
        .isInstanceOf(InvalidMessageException.class)
        .hasMessageContaining("48 KiB");
  }

  @Test
  void printsNoBytes() {
    assertThat(Content.of("image/png", new byte[] {1, 2, 3}))
        .hasToString("Data[image/png, 3 bytes]");
  }
}
