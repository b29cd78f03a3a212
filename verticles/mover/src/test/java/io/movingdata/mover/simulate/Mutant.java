package io.movingdata.mover.simulate;

import io.movingdata.core.bus.Address;

/** A product that is broken on purpose, in what it asks or in what it makes of an answer. */
class Mutant {
  /** The product as it is. */
  static final Mutant NONE = new Mutant();

  /** The request that is sent in place of one. */
  <Q> Q request(Life from, Address<Q, ?> address, Q request) {
    return request;
  }

  /** The answer that is heard in place of one. */
  <R> R answer(Life from, Address<?, R> address, R answer) {
    return answer;
  }
}
