/** Models in the catalog, the one in force on every node, and answers. */
package io.movingdata.predictor.serve;
