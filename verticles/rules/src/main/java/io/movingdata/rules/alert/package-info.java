/** What a person should know: raised while a condition lasts, kept, acknowledged, resolved. */
package io.movingdata.rules.alert;
