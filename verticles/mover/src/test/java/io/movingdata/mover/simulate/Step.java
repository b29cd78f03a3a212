package io.movingdata.mover.simulate;

/** One step of a history: what clients ask for, or what goes wrong. */
sealed interface Step permits Step.Command, Step.Fault {

  /**
   * A client asks a node for something.
   *
   * @param atMs when, since the start
   * @param file which of the files
   * @param location where to, where that matters
   * @param content which content, of an upload
   */
  record Command(long atMs, String node, Ask ask, String file, String location, int content)
      implements Step {
    @Override
    public String toString() {
      String to =
          switch (ask) {
            case MOVE, COPY, UPLOAD, DROP, DAMAGE -> " " + location;
            default -> "";
          };
      String what = ask == Ask.UPLOAD ? " content " + content : "";
      return "at %.3f s %s: %s %s%s%s".formatted(atMs / 1e3, node, ask, file, to, what);
    }
  }

  /** Something goes wrong at a point. */
  record Fault(Point point, Effect effect) implements Step {
    @Override
    public String toString() {
      return effect + " at " + point;
    }
  }

  /** What is asked for. */
  enum Ask {
    UPLOAD,
    MOVE,
    COPY,
    DELETE,
    READ,
    CANCEL,
    RETRY,
    DROP,
    /** Not a client's wish: a stored copy rots, while another of its content is whole. */
    DAMAGE
  }
}
