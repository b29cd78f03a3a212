package io.movingdata.core.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A configuration without faults.
 *
 * @param config the typed tree
 * @param effective what {@code --print-config} shows: every value in force, secrets hidden, keys as
 *     fingerprints, and under {@code sources} where each value came from
 * @param warnings what works but deserves a look
 */
public record LoadedConfig(NodeConfig config, ObjectNode effective, List<String> warnings) {}
