/**
 * Placement policies replayed in event time on traces of use: what each would have cost, beside the
 * cheapest that could have been done with all of the future known.
 */
package io.movingdata.bench.tiering;
