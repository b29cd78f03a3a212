/** Servers in processes of their own, which a test may kill. */
package io.movingdata.testkit.process;
