/** The dashboard in a real browser, against running nodes. */
package io.movingdata.e2e.dashboard;
