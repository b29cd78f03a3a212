/** Where a crash is tried; nothing here does anything in a node that runs for users. */
package io.movingdata.core.crash;
