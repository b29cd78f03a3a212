/**
 * External mirrors: told of every change of a file until they have taken it, and asked from time to
 * time what they hold. The truth is the file's version in the catalog beside the version that each
 * mirror took last; a lost hint, a crash or an outage costs time only.
 */
package io.movingdata.consistency.mirror;
