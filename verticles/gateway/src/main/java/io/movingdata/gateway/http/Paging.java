package io.movingdata.gateway.http;

/** Links to next pages. */
public final class Paging {
  private Paging() {}

  /** The {@code Link} to the page behind a cursor; null where there is none. */
  public static String link(String path, String rawQuery, String cursor) {
    if (cursor == null) {
      return null;
    }
    StringBuilder next = new StringBuilder("<").append(path).append('?');
    for (String pair : rawQuery.split("&", -1)) {
      if (!pair.isEmpty() && !pair.startsWith("cursor=")) {
        next.append(pair).append('&');
      }
    }
    return next.append("cursor=")
        .append(Percent.encode(cursor))
        .append(">; rel=\"next\"")
        .toString();
  }
}
