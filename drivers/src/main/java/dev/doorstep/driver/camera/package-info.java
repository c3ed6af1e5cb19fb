/**
 * What every camera has in common, whatever wire it hangs on: a family gives its pictures as a
 * {@link dev.doorstep.driver.camera.CameraSource}, and {@link
 * dev.doorstep.driver.camera.CameraDevice} makes the operations of them.
 */
@NullMarked
package dev.doorstep.driver.camera;

import org.jspecify.annotations.NullMarked;
