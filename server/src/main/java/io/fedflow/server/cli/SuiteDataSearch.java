package io.fedflow.server.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks for the data files of suites: beside the suite, under a folder of the user's choice, then
 * under each ancestor of the suite's folder, the nearest first. Immutable.
 *
 * @param base the folder of the user's choice; empty for none
 */
record SuiteDataSearch(Optional<Path> base) {

  /** The first that there is. */
  Optional<Path> find(Path suiteFolder, String file) {
    return places(suiteFolder).stream()
        .map(place -> place.resolve(file).normalize())
        .filter(Files::isRegularFile)
        .filter(Files::isReadable)
        .findFirst();
  }

  /** Why there is none. */
  String lacking(Path suiteFolder, String file) {
    return "no file "
        + file
        + " beside the suite"
        + base.map(folder -> ", under " + folder).orElse("")
        + " or under a folder above "
        + suiteFolder;
  }

  private List<Path> places(Path suiteFolder) {
    Path folder = suiteFolder.toAbsolutePath().normalize();
    List<Path> places = new ArrayList<>();
    places.add(folder);
    base.map(Path::toAbsolutePath).ifPresent(places::add);
    for (Path above = folder.getParent(); above != null; above = above.getParent()) {
      places.add(above);
    }
    return places;
  }
}
