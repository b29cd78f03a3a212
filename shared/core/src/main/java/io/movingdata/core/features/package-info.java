/** What is said of a file to those who decide where it belongs: the feature vector. */
package io.movingdata.core.features;
