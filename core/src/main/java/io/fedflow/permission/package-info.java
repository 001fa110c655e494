/** What other parties may do at this site: FATE's permissions of components and tables. */
package io.fedflow.permission;
