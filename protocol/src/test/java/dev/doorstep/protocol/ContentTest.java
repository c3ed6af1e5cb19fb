package dev.doorstep.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorstep.protocol.operation.CapturedDocument;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    List<Content> kept = new ArrayList<>();
    CapturedDocument document = CapturedDocument.picture(Content.of("image/jpeg", bytes), 10, 20);

    var tree =
        Codec.tree(
            document,
            data -> {
              kept.add(data);
              return blob;
            });

    assertThat(kept).containsExactly(document.content());
    assertThat(tree.path("content"))
        .hasToString(
            "{\"contentType\":\"image/jpeg\",\"blob\":{\"id\":\"b1\",\"size\":49153,\"sha256\":\""
                + DIGEST
                + "\",\"pieces\":1}}");
    assertThat(Codec.read(CapturedDocument.class, tree).content()).isEqualTo(blob);
    assertThat(Codec.tree(CapturedDocument.picture(blob, 10, 20))).isEqualTo(tree);
    assertThat(Codec.write(document, data -> blob)).asString().isEqualTo(tree.toString());
  }

  private record Lying(long size) implements Content.Stored {
    @Override
    public String contentType() {
      return "a/b";
    }

    @Override
    public String sha256() {
      return DIGEST;
    }

    @Override
    public InputStream open() throws IOException {
      if (size == 7) {
        throw new IOException("the disk failed");
      }
      return new ByteArrayInputStream(new byte[(int) size]);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 48 * 1024 - 1, 48 * 1024})
  void carriesASmallOneInTheMessageWhereverItLies(int size) throws Exception {
    Content read = read(Codec.tree(new Lying(size)).toString());

    assertThat(((Content.Data) read).bytes()).isEqualTo(new byte[size]);
    assertThat(Codec.write(new Lying(size)))
        .asString()
        .isEqualTo(Codec.tree(new Lying(size)).toString());
  }

  @Test
  void handsALargeOneOverWithoutReadingIt() throws Exception {
    Content lying = new Lying(48 * 1024 + 1);
    Content.Blob blob = new Content.Blob("a/b", "b1", lying.size(), DIGEST, 1);

    var tree =
        Codec.tree(
            Map.of("document", lying),
            content -> {
              assertThat(content).isSameAs(lying);
              return blob;
            });

    assertThat(Codec.read(Content.class, tree.path("document"))).isEqualTo(blob);
  }

  @Test
  void tellsWhyALargeOneIsNotTaken() {
    ContentException full = new ContentException(ErrorCode.STORAGE_FULL, "full");

    assertThatThrownBy(
            () ->
                Codec.tree(
                    CapturedDocument.picture(new Lying(100_000), 10, 20),
                    content -> {
                      throw full;
                    }))
        .isSameAs(full);
    assertThatThrownBy(
            () ->
                Codec.tree(
                    Map.of("document", new Lying(7)),
                    content -> {
                      throw full;
                    }))
        .isInstanceOfSatisfying(
            ContentException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INTERNAL));
  }

  /** Parameters with a document. */
  private record Print(Content document) implements Operation<String> {
    static final OperationType<Print, String> TYPE =
        new OperationType<>("x-test.print", Print.class, String.class);

    @Override
    public OperationType<Print, String> type() {
      return TYPE;
    }
  }

  @Test
  void findsAnUploadForItsReference() throws Exception {
    Content.Blob blob = new Content.Blob("a/b", "b1", 100_000, DIGEST, 2);
    Content uploaded = new Lying(100_000);
    var large = Codec.tree(new Print(blob));
    var small = Codec.tree(new Print(Content.of("a/b", new byte[3])));

    assertThat(Codec.parameters(Print.TYPE, large).document()).isEqualTo(blob);
    assertThat(Codec.parameters(Print.TYPE, large, found -> new Lying(found.size())).document())
        .isEqualTo(uploaded);
    assertThat(Codec.parameters(Print.TYPE, small, found -> new Lying(1)).document())
        .isInstanceOf(Content.Data.class);
  }

  @Test
  void tellsWhyAnUploadIsNotFoundAndWhatElseIsWrong() {
    ContentException gone = new ContentException(ErrorCode.GONE, "nothing of it is here");
    Content.Uploads none =
        blob -> {
          throw gone;
        };
    var parameters = Codec.tree(new Print(new Content.Blob("a/b", "b1", 100_000, DIGEST, 2)));
    var wrong = parameters.deepCopy().put("dupelx", true);

    assertThatThrownBy(() -> Codec.parameters(Print.TYPE, parameters, none)).isSameAs(gone);
    assertThatThrownBy(() -> Codec.parameters(Print.TYPE, wrong, blob -> new Lying(1)))
        .isInstanceOf(InvalidMessageException.class)
        .hasMessage("parameters.dupelx: unknown member");
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
