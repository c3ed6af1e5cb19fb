package dev.doorstep.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorstep.protocol.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.ServiceLoader;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReadmeTest {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| (`[a-z0-9-]+`) \\| (.*) \\| (.*) \\|(.*)\\| .* \\|$");
  private static final Pattern LISTING =
      Pattern.compile("(?s)<!-- from: (\\S+) -->\\n *```java\\n(.*?)\\n *```");
  private static final Pattern CODE = Pattern.compile("(?m)^\\| (`[A-Z_]+`(?:, `[A-Z_]+`)*) \\|");

  @Test
  void theTableOfDriversIsThatOfTheCode() throws IOException {
    List<String> registered =
        ServiceLoader.load(Driver.class).stream()
            .map(provider -> row(provider.get().info()))
            .toList();
    List<String> rows =
        ROW.matcher(readme())
            .results()
            .map(
                row ->
                    String.join(
                        "|", row.group(1), row.group(2), row.group(3), row.group(4).strip()))
            .toList();
    assertThat(rows).containsExactlyInAnyOrderElementsOf(registered);
  }

  @Test
  void theListingsStandInTheCode() throws IOException {
    List<MatchResult> listings = LISTING.matcher(readme()).results().toList();
    assertThat(listings).hasSizeGreaterThanOrEqualTo(5);
    for (MatchResult listing : listings) {
      assertThat(Files.readString(Path.of(listing.group(1))))
          .as(listing.group(1))
          .contains(listing.group(2).indent(-3).stripTrailing());
    }
  }

  @Test
  void theCodesAreThoseOfTheProtocol() throws IOException {
    assertThat(
            CODE.matcher(readme())
                .results()
                .flatMap(row -> Arrays.stream(row.group(1).replace("`", "").split(", ", -1))))
        .isNotEmpty()
        .isSubsetOf(Arrays.stream(ErrorCode.values()).map(Enum::name).toList());
  }

  private static String row(DriverInfo info) {
    return String.join(
        "|",
        "`" + info.name() + "`",
        "`" + info.kind() + "`",
        list(info.schemes()),
        list(info.options()));
  }

  private static String list(Collection<String> names) {
    return names.stream().sorted().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
  }

  private static String readme() throws IOException {
    return Files.readString(Path.of("README.md"));
  }
}
