/**
 * Content in and out: uploads are encrypted before they leave the process, downloads are
 * authenticated frame by frame.
 */
package io.movingdata.gateway.content;
