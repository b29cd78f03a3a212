package io.movingdata.core.replication;

import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.error.MovingDataException.FieldError;
import io.movingdata.core.model.FileIds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** What must hold of a replication policy before it is put in force. */
public final class ReplicationCheck {
  /** Most rules of a policy. */
  public static final int MOST_RULES = 200;

  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}";

  private final List<LocationConfig> locations;
  private final List<FieldError> faults = new ArrayList<>();

  private ReplicationCheck(List<LocationConfig> locations) {
    this.locations = locations;
  }

  /**
   * The policy, if it may be.
   *
   * @throws MovingDataException invalid request naming each field at fault
   */
  public static ReplicationPolicy check(ReplicationPolicy policy, List<LocationConfig> locations) {
    ReplicationCheck check = new ReplicationCheck(locations);
    check.wish("", policy.copies(), policy.locations());
    check.rules(policy.rules());
    if (!check.faults.isEmpty()) {
      throw MovingDataException.of(
              ErrorCode.INVALID_REQUEST, "the replication policy is not acceptable")
          .withFields(check.faults);
    }
    return policy;
  }

  private void rules(List<ReplicationRule> rules) {
    if (rules.size() > MOST_RULES) {
      refuse("rules", "must be at most " + MOST_RULES);
    }
    Set<String> names = new HashSet<>();
    Set<String> subjects = new HashSet<>();
    for (int i = 0; i < rules.size(); i++) {
      ReplicationRule rule = rules.get(i);
      String at = "rules[" + i + "].";
      if (rule.name() == null || !rule.name().matches(NAME)) {
        refuse(at + "name", "must be 1 to 63 letters, digits, dots, dashes or underscores");
      } else if (rule.name().equals(ReplicationPlanner.DEFAULT) || !names.add(rule.name())) {
        refuse(at + "name", "is taken: each rule has its own");
      }
      subject(rule, at, subjects);
      wish(at, rule.copies(), rule.locations());
    }
  }

  private void subject(ReplicationRule rule, String at, Set<String> subjects) {
    long given =
        Stream.of(rule.file(), rule.prefix(), rule.tier()).filter(Objects::nonNull).count();
    if (given != 1) {
      refuse(at + "prefix", "or file or tier must be given, exactly one of them");
      return;
    }
    if (rule.file() != null) {
      id(at + "file", rule.file(), rule.file());
    } else if (rule.prefix() != null) {
      id(at + "prefix", rule.prefix(), "." + rule.prefix());
      if (rule.prefix().isEmpty()) {
        refuse(at + "prefix", "must not be empty: the policy itself speaks of every file");
      }
    } else if (locations.stream().noneMatch(known -> rule.tier().equals(known.tier()))) {
      refuse(
          at + "tier",
          "must be one of " + locations.stream().map(LocationConfig::tier).distinct().toList());
    }
    if (!subjects.add(rule.file() + "\n" + rule.prefix() + "\n" + rule.tier())) {
      refuse(at + "name", "speaks of the same files as a rule before");
    }
  }

  private void id(String field, String shown, String whole) {
    try {
      FileIds.require(whole);
    } catch (MovingDataException e) {
      refuse(field, shown.isEmpty() ? "must not be empty" : "cannot be part of a file id");
    }
  }

  private void wish(String at, int copies, List<String> wanted) {
    if (copies < 1 || copies > locations.size()) {
      refuse(at + "copies", "must be 1 to " + locations.size() + ", a copy a location");
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < wanted.size(); i++) {
      String location = wanted.get(i);
      boolean known = locations.stream().anyMatch(one -> one.id().equals(location));
      if (!known) {
        refuse(
            at + "locations[" + i + "]",
            "is unknown; configured are " + locations.stream().map(LocationConfig::id).toList());
      } else if (!seen.add(location)) {
        refuse(at + "locations[" + i + "]", "is there twice");
      }
    }
    if (!wanted.isEmpty() && wanted.size() < copies) {
      refuse(at + "locations", "must be at least as many as copies, or none for any");
    }
  }

  private void refuse(String field, String message) {
    faults.add(new FieldError(field, message));
  }
}
