/** A small server of the Google Cloud Storage JSON API that keeps its objects in a folder. */
package io.movingdata.stack.gcs;
