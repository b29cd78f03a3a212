/**
 * MovingData and its peer, rclone between two crypt remotes, on the same servers in the same run:
 * how fast each moves, and what processor time it costs.
 */
package io.movingdata.bench;
