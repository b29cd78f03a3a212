/** Azurite, Microsoft's emulator of Azure Blob storage: its installation and its process. */
package io.movingdata.stack.azurite;
