package io.movingdata.stack.gcs;

import java.util.Comparator;

/** The order of object names in a listing: that of their UTF-8 bytes, which is by code point. */
final class NameOrder implements Comparator<String> {

  static final NameOrder BY_UTF8 = new NameOrder();

  private NameOrder() {}

  @Override
  public int compare(String a, String b) {
    int end = Math.min(a.length(), b.length());
    for (int i = 0; i < end; i++) {
      char left = a.charAt(i);
      char right = b.charAt(i);
      if (left != right) {
        // Surrogates stand for code points above every other char.
        boolean leftHigh = Character.isSurrogate(left);
        boolean rightHigh = Character.isSurrogate(right);
        return leftHigh == rightHigh ? Character.compare(left, right) : leftHigh ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
