/** Makes the catalog anew from what lies in the stores. */
package io.movingdata.consistency.rebuild;
