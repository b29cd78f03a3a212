package io.movingdata.gateway.pages;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

/** The libraries that the dashboard uses, out of their webjars on the class path. */
final class Libraries {
  private static final String ROOT = "META-INF/resources/webjars/";
  private static final String[][] FILES = {
    {"lit-html", "", "lit-html.js"},
    {"lit-html", "", "directive.js"},
    {"lit-html", "", "directive-helpers.js"},
    {"lit-html", "", "async-directive.js"},
    {"lit-html", "", "directives/repeat.js"},
    {"lit-html", "", "directives/ref.js"},
    {"lit-html", "", "directives/live.js"},
    {"lit-html", "", "directives/keyed.js"},
    {"uplot", "dist/", "uPlot.esm.js"},
    {"uplot", "dist/", "uPlot.min.css"},
  };

  private Libraries() {}

  /** Their files by the path below {@code /assets/…/}. */
  static SortedMap<String, byte[]> load() {
    SortedMap<String, byte[]> files = new TreeMap<>();
    for (String[] file : FILES) {
      String base = ROOT + file[0] + "/" + version(file[0]) + "/" + file[1];
      files.put("lib/" + file[0] + "/" + file[2], bytes(base + file[2]));
    }
    return files;
  }

  private static String version(String name) {
    Properties properties = new Properties();
    try (InputStream in = open("META-INF/maven/org.webjars.npm/" + name + "/pom.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("the version of " + name + " cannot be read", e);
    }
    return properties.getProperty("version");
  }

  private static byte[] bytes(String resource) {
    try (InputStream in = open(resource)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(resource + " cannot be read", e);
    }
  }

  private static InputStream open(String resource) throws IOException {
    InputStream in = Libraries.class.getClassLoader().getResourceAsStream(resource);
    if (in == null) {
      throw new IOException(resource + " is not on the class path");
    }
    return in;
  }
}
