package io.movingdata.gateway.content;

import io.movingdata.gateway.http.Percent;

/** The {@code Content-Disposition} of a download: a file to save, never a page to show. */
final class Disposition {
  private static final int MOST = 150;

  private Disposition() {}

  /** For a file id: what follows its last slash (RFC 6266, with a plain ASCII fallback). */
  static String of(String fileId) {
    String name = fileId.substring(fileId.lastIndexOf('/') + 1);
    if (name.isEmpty() || name.equals(".") || name.equals("..")) {
      name = "download";
    }
    name = name.codePointCount(0, name.length()) > MOST ? cut(name) : name;
    String plain = name.replaceAll("[^A-Za-z0-9._ -]", "_");
    return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + Percent.encode(name);
  }

  private static String cut(String name) {
    return name.substring(name.offsetByCodePoints(name.length(), -MOST));
  }
}
