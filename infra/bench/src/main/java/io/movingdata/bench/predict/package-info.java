/** How long the predictor takes to answer. */
package io.movingdata.bench.predict;
