package io.movingdata.storage.s3;

import java.util.List;

/**
 * An element of an answer: its name without a namespace, its own text, its children in order.
 *
 * @param text empty where there is none
 */
record XmlElement(String name, String text, List<XmlElement> children) {

  /** The text of the first child of a name; null where there is none or it is empty. */
  String text(String child) {
    return children.stream()
        .filter(c -> c.name.equals(child))
        .map(XmlElement::text)
        .filter(t -> !t.isEmpty())
        .findFirst()
        .orElse(null);
  }

  /** The children of a name. */
  List<XmlElement> all(String child) {
    return children.stream().filter(c -> c.name.equals(child)).toList();
  }
}
