package io.movingdata.core.config;

/**
 * One thing that is wrong with the configuration.
 *
 * @param where the variable, or the JSON path and the file
 * @param problem what is wrong with the value; never the value of a secret
 * @param remedy what to do
 */
public record ConfigFault(String where, String problem, String remedy) {
  @Override
  public String toString() {
    return where + ": " + problem + "; " + remedy;
  }
}
