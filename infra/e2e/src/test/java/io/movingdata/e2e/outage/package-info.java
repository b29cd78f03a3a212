/** Servers that go away, hang or crawl while the system works, and transfers that go on after. */
package io.movingdata.e2e.outage;
