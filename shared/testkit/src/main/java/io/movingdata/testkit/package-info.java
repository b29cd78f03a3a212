/** Small things that tests of every module need. */
package io.movingdata.testkit;
