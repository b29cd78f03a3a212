/** What headers of HTTP answers say. */
package io.movingdata.core.http;
