
## part
part-close = Close
part-messages = Messages
part-undo = Undo
part-open = Open

## banner
banner-retry = Try again
banner-export = Export…
banner-reload = Reload
banner-not-kept = This browser keeps nothing.
banner-not-kept-do = You can work, but everything goes when you close this page. Export before you leave.
banner-quota = No storage is left.
banner-quota-do = Your last changes are still in memory. Free some space and try again, or export now.
banner-not-saved = Your last changes are not saved yet.
banner-not-saved-do = They are still in memory. The browser said: { $detail }
banner-version-changed = A newer version is open in another tab.
banner-version-changed-do = Reload to go on here. Everything saved is kept.
banner-blocked = Another tab is keeping the database busy.
banner-blocked-do = Close the other tabs of this workspace, then reload.
banner-quarantined = { $count ->
    [one] { $count } record could not be read and was set aside.
   *[other] { $count } records could not be read and were set aside.
 }
banner-quarantined-do = Nothing was deleted. An export holds them: { $names }
banner-update-ready = A new version is ready.
banner-update-ready-do = Reload when it suits you.
