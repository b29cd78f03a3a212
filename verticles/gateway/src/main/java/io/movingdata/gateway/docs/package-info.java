/** The API document, the page generated from it, the pages of problems and static files. */
package io.movingdata.gateway.docs;
