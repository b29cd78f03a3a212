/** The store behind the MongoDB wire: what is acknowledged is on disk. */
package io.movingdata.stack.mongo;
