package io.movingdata.gateway.pages;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The dashboard's files in memory. All but the page itself are found under one version, which is a
 * hash over all of them: whatever changes, browsers ask for other paths, so each of them may be
 * kept for ever. Modules import one another by relative paths and so stay within their version.
 */
final class AssetTree {
  /** What the page says where the version belongs. */
  static final String UNVERSIONED = "assets/current/";

  private static final String PRELOADS = "<!-- modules -->";
  private static final String PAGE = "index.html";
  private static final List<String> FOLDERS = List.of("css", "js", "icons");

  private final String version;
  private final Asset page;
  private final Map<String, Asset> assets;

  private AssetTree(String version, Asset page, Map<String, Asset> assets) {
    this.version = version;
    this.page = page;
    this.assets = assets;
  }

  /** Reads all files: the page, what lies in its folders, and the libraries. */
  static AssetTree load(Path webroot) throws IOException {
    SortedMap<String, byte[]> all = Libraries.load();
    for (Path file : files(webroot)) {
      all.put(webroot.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
    }
    byte[] page = Files.readAllBytes(webroot.resolve(PAGE));
    MessageDigest digest = Asset.digest();
    all.forEach(
        (path, bytes) -> {
          digest.update(path.getBytes(StandardCharsets.UTF_8));
          digest.update(bytes);
        });
    digest.update(page);
    String version = HexFormat.of().formatHex(digest.digest()).substring(0, 16);
    Map<String, Asset> assets = new TreeMap<>();
    all.forEach((path, bytes) -> assets.put(path, Asset.of(path, bytes)));
    String html =
        new String(page, StandardCharsets.UTF_8)
            .replace(PRELOADS, preloads(all))
            .replace(UNVERSIONED, "assets/" + version + "/");
    return new AssetTree(
        version, Asset.of(PAGE, html.getBytes(StandardCharsets.UTF_8)), Map.copyOf(assets));
  }

  /** Modules that every view needs are named in the page, so that they come all at once. */
  private static String preloads(Map<String, byte[]> all) {
    return all.keySet().stream()
        .filter(path -> path.endsWith(".js"))
        .filter(path -> !path.startsWith("js/pages/") && !path.startsWith("lib/uplot/"))
        .map(path -> "<link rel=\"modulepreload\" href=\"/" + UNVERSIONED + path + "\">")
        .collect(Collectors.joining("\n  "));
  }

  /** What changes when a file does: names, sizes and times. */
  static String fingerprint(Path webroot) throws IOException {
    StringBuilder print = new StringBuilder();
    for (Path file : files(webroot)) {
      print.append(file).append(Files.size(file)).append(Files.getLastModifiedTime(file));
    }
    Path page = webroot.resolve(PAGE);
    return print.append(Files.size(page)).append(Files.getLastModifiedTime(page)).toString();
  }

  private static List<Path> files(Path webroot) throws IOException {
    try (Stream<Path> walk = Files.walk(webroot)) {
      return walk.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .filter(file -> FOLDERS.contains(webroot.relativize(file).getName(0).toString()))
          .filter(file -> Asset.served(file.getFileName().toString()))
          .sorted()
          .toList();
    }
  }

  /** The version that paths carry. */
  String version() {
    return version;
  }

  /** The page, which names the version. */
  Asset page() {
    return page;
  }

  /** A file by its path below the version, null where there is none. */
  Asset find(String path) {
    return assets.get(path);
  }
}
