package io.movingdata.storage.s3;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;

/**
 * Reads and writes the documents of S3. What comes from outside is read with the JDK's own parser,
 * without document types, entities from elsewhere, or nesting beyond what S3 has.
 */
final class S3Xml {
  private static final int MAX_DEPTH = 16;
  private static final XMLInputFactory INPUT = hardened();
  private static final XMLOutputFactory OUTPUT = XMLOutputFactory.newDefaultFactory();

  private S3Xml() {}

  /**
   * Reads a document. White space before it, which servers send to keep a connection open, is
   * skipped.
   *
   * @return its root, null where the bytes are not one well-formed document
   */
  static XmlElement parse(Buffer document) {
    byte[] bytes = document.getBytes();
    int start = 0;
    while (start < bytes.length && Character.isWhitespace(bytes[start])) {
      start++;
    }
    if (start == bytes.length || bytes[start] != '<') {
      return null;
    }
    try {
      XMLStreamReader reader =
          INPUT.createXMLStreamReader(new ByteArrayInputStream(bytes, start, bytes.length - start));
      while (reader.next() != XMLStreamConstants.START_ELEMENT) {
        if (reader.getEventType() == XMLStreamConstants.DTD) {
          return null;
        }
      }
      XmlElement root = element(reader, 1);
      while (reader.hasNext()) {
        reader.next();
      }
      return root;
    } catch (XMLStreamException | RuntimeException e) {
      return null;
    }
  }

  private static XmlElement element(XMLStreamReader reader, int depth) throws XMLStreamException {
    if (depth > MAX_DEPTH) {
      throw new XMLStreamException("nested too deeply");
    }
    String name = reader.getLocalName();
    StringBuilder text = new StringBuilder();
    List<XmlElement> children = new ArrayList<>();
    while (true) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> children.add(element(reader, depth + 1));
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
            text.append(reader.getText());
        case XMLStreamConstants.END_ELEMENT -> {
          String own = children.isEmpty() ? text.toString() : "";
          return new XmlElement(name, own, List.copyOf(children));
        }
        case XMLStreamConstants.ENTITY_REFERENCE ->
            throw new XMLStreamException("an entity that is not resolved");
        default -> {}
      }
    }
  }

  /** The document that creates a bucket outside the default region. */
  static Buffer createBucket(String region) {
    return write(
        xml -> {
          xml.writeStartElement("CreateBucketConfiguration");
          leaf(xml, "LocationConstraint", region);
          xml.writeEndElement();
        });
  }

  /** The document that completes an upload: its parts from number 1 on. */
  static Buffer complete(List<PartTag> parts) {
    boolean allSummed = parts.stream().allMatch(part -> part.crc32c() != null);
    return write(
        xml -> {
          xml.writeStartElement("CompleteMultipartUpload");
          for (int i = 0; i < parts.size(); i++) {
            xml.writeStartElement("Part");
            leaf(xml, "PartNumber", Integer.toString(i + 1));
            leaf(xml, "ETag", '"' + parts.get(i).etag() + '"');
            if (allSummed) {
              leaf(xml, "ChecksumCRC32C", parts.get(i).crc32c().base64());
            }
            xml.writeEndElement();
          }
          xml.writeEndElement();
        });
  }

  private interface Writing {
    void to(XMLStreamWriter xml) throws XMLStreamException;
  }

  private static Buffer write(Writing writing) {
    StringWriter out = new StringWriter();
    try {
      writing.to(OUTPUT.createXMLStreamWriter(out));
    } catch (XMLStreamException e) {
      throw new IllegalStateException("writing to memory does not fail", e);
    }
    return Buffer.buffer(out.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void leaf(XMLStreamWriter xml, String name, String text)
      throws XMLStreamException {
    xml.writeStartElement(name);
    xml.writeCharacters(text);
    xml.writeEndElement();
  }

  private static XMLInputFactory hardened() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setXMLResolver(
        (publicId, systemId, baseUri, namespace) -> {
          throw new XMLStreamException("nothing is read from elsewhere");
        });
    return factory;
  }
}
