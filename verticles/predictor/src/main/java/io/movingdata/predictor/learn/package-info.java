/** Data sets, learners, and how good they are. Pure: the same rows give the same model. */
package io.movingdata.predictor.learn;
