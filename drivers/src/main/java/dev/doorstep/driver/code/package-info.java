/** What the bytes of a code say, and codes in pictures: for scanners, cameras and documents. */
@NullMarked
package dev.doorstep.driver.code;

import org.jspecify.annotations.NullMarked;
