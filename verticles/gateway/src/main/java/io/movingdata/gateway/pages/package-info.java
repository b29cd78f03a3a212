/** The files of the dashboard: read into memory once, named by their content, compressed once. */
package io.movingdata.gateway.pages;
