/** Who may use which location, asked before anything is read or written. */
package io.movingdata.gateway.access;
