/**
 * Learns from examples where files belong. {@code learn} is pure and the only user of Smile; {@code
 * serve} keeps models in the catalog and answers questions. A model is kept as the rows it learnt
 * from: each node learns it again, which gives the same model, and nothing is deserialised.
 */
package io.movingdata.predictor;
