/** An external mirror as somebody might run one. */
package io.movingdata.testkit.mirror;
