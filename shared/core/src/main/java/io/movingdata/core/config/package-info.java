/**
 * One typed tree for all configuration: {@code conf/default.json}, then {@code conf/local.json} in
 * the local profile, then the environment. Every fault is reported at once before anything starts.
 */
package io.movingdata.core.config;
