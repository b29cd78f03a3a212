/** What synthetic use of files looks like, and the background load that makes it. */
package io.movingdata.simulator.load;
