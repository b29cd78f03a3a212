/** Files as clients see them: listing, one file, its policy. */
package io.movingdata.gateway.files;
