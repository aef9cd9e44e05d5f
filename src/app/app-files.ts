// The views of the files that describe the app itself: app.conf, server.conf, content-version.conf, app.manifest.
import { confValue } from '../conf/write.js';
import { type AppContext, buildNumber } from './app-context.js';
import { isSplunkConf } from './splunk-confs.js';

/** The app on Splunkbase, the only one that asks there for updates. */
const splunkbaseUid = 3449;

/** Values that app.conf, server.conf and content-version.conf share; `confs` are names under default/. */
export function appFilesView(context: AppContext, confs: readonly string[]) {
  const { app } = context.repository;
  return {
    header: context.header,
    build: buildNumber(context),
    customConfs: confs.filter((name) => !isSplunkConf(name)),
    company: confValue(app.authorCompany),
    version: confValue(app.version),
    description: confValue(app.description),
    title: confValue(app.title),
    appid: confValue(app.appid),
    checkForUpdates: String(app.uid === splunkbaseUid),
  };
}

/** app.manifest, each value as JSON. */
export function manifestView(context: AppContext) {
  const { app } = context.repository;
  return {
    title: JSON.stringify(app.title),
    appid: JSON.stringify(app.appid),
    version: JSON.stringify(app.version),
    authorName: JSON.stringify(app.authorName),
    authorEmail: JSON.stringify(app.authorEmail),
    authorCompany: JSON.stringify(app.authorCompany),
    releaseDate: JSON.stringify(context.date),
    description: JSON.stringify(app.description),
  };
}
