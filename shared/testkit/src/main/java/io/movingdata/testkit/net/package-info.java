/** Networks that fail on request. */
package io.movingdata.testkit.net;
