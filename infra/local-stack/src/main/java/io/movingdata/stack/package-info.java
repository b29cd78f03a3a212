/**
 * The local stack: real servers for development and tests, each in its own process or all in one.
 */
package io.movingdata.stack;
