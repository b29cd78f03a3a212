package io.movingdata.bench;

import java.util.List;
import java.util.Map;

/**
 * What a run of the benchmark found.
 *
 * @param machine what it ran on, by what is told of it
 * @param loads what was moved
 * @param measurements every measured run, in order
 * @param singleMillis for each pair, what moves of one small object after another took, in ms
 * @param blocked what the node logged about a blocked event loop: nothing, if all is well
 */
record Results(
    Map<String, String> machine,
    List<Load> loads,
    List<Measurement> measurements,
    Map<String, List<Double>> singleMillis,
    List<String> blocked) {}
