/** JSON text to plain trees and back, with bounds. */
package io.fedflow.transport.json;
