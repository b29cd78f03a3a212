/** The one mapping between records and JSON. */
package io.movingdata.core.json;
