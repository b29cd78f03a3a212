package io.movingdata.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.movingdata.core.checksum.Crc32cValue;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class S3XmlTest {
  @Test
  void namesTextsAndEntitiesAreRead() {
    XmlElement root =
        parse(
            "<?xml version=\"1.0\"?><R xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
                + "<ETag>&quot;a&amp;b&#65;&quot;</ETag><Part><N>1</N></Part><Part><N>2</N></Part>"
                + "<Empty/></R>");
    assertThat(root.name()).isEqualTo("R");
    assertThat(root.text("ETag")).isEqualTo("\"a&bA\"");
    assertThat(root.all("Part")).extracting(p -> p.text("N")).containsExactly("1", "2");
    assertThat(root.text("Empty")).isNull();
    assertThat(root.text("Absent")).isNull();
  }

  @Test
  void whiteSpaceThatKeptTheConnectionOpenIsSkipped() {
    assertThat(parse(" \n \n<?xml version=\"1.0\"?>\n\n <R/>\n").name()).isEqualTo("R");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "no markup",
        "<R>",
        "<R><A></R>",
        "<R/><R/>",
        "<R>&undeclared;</R>",
        "<!DOCTYPE html><html><body>Sign in</body></html>",
        "<!DOCTYPE R [<!ENTITY e \"text\">]><R>&e;</R>",
        "{\"json\": true}"
      })
  void whatIsNotOnePlainDocumentIsNone(String text) {
    assertThat(parse(text)).isNull();
  }

  @Test
  void nothingIsReadFromElsewhere(@TempDir Path folder) throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "canary");
    String attack = "<!DOCTYPE R [<!ENTITY e SYSTEM \"%s\">]><R>&e;</R>".formatted(secret.toUri());
    assertThat(parse(attack)).isNull();
  }

  @Test
  void entitiesDoNotMultiply() {
    StringBuilder bomb = new StringBuilder("<!DOCTYPE R [<!ENTITY e0 \"xxxxxxxxxx\">");
    for (int i = 1; i < 10; i++) {
      bomb.append("<!ENTITY e%d \"%s\">".formatted(i, ("&e" + (i - 1) + ";").repeat(10)));
    }
    assertThat(parse(bomb.append("]><R>&e9;</R>").toString())).isNull();
  }

  @Test
  void deepNestingIsNoDocument() {
    assertThat(parse("<a>".repeat(100_000) + "</a>".repeat(100_000))).isNull();
  }

  @Test
  void aCompletionNamesPartsInOrderWithTheirChecksums() {
    Crc32cValue crc = Crc32cValue.of(new byte[] {1});
    XmlElement root =
        S3Xml.parse(S3Xml.complete(List.of(new PartTag("aa", crc), new PartTag("b<&\"b", crc))));
    assertThat(root.name()).isEqualTo("CompleteMultipartUpload");
    assertThat(root.all("Part"))
        .extracting(p -> p.text("PartNumber"), p -> p.text("ETag"))
        .containsExactly(tuple("1", "\"aa\""), tuple("2", "\"b<&\"b\""));
    assertThat(root.all("Part").get(0).text("ChecksumCRC32C")).isEqualTo(crc.base64());
  }

  @Test
  void checksumsOfSomePartsOnlyAreLeftOut() {
    XmlElement root =
        S3Xml.parse(
            S3Xml.complete(
                List.of(
                    new PartTag("aa", Crc32cValue.of(new byte[] {1})), new PartTag("bb", null))));
    assertThat(root.all("Part")).allMatch(part -> part.text("ChecksumCRC32C") == null);
  }

  private static XmlElement parse(String text) {
    return S3Xml.parse(Buffer.buffer(text));
  }
}
