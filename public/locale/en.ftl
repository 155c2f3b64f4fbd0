## time

time-just-now = just now

## error

error-missing-required = Fill this in to go on.
error-not-a-number = “{ $value }” is not a number.
error-not-an-amount = “{ $value }” is not an amount of money in one currency.
error-not-a-date = “{ $value }” is not a date. Write it as 2026-11-22.
error-not-an-instant = “{ $value }” is not a date with a time. Write it as 2026-11-22 14:30.
error-not-a-duration = “{ $value }” is not a length of time. Write it as 1h 30m.
error-not-a-flag = “{ $value }” is neither yes nor no.
error-not-an-option = “{ $value }” is not one of the options.
error-not-a-phone = “{ $value }” is not a telephone number.
error-not-an-email = “{ $value }” is not an e-mail address.
error-not-a-url = “{ $value }” is not a web address.
error-not-a-place = “{ $value }” is not an address or position.
error-no-such-link = Nothing is called “{ $value }”.
error-ambiguous-link = { $count } records are called “{ $value }”. Pick one.
error-wrong-entity = This field does not take a record of that kind.
error-wrong-type = This value does not fit the field.
error-too-small = At least { $min }.
error-too-large = At most { $max }.
error-too-long = At most { $max } characters.
error-too-precise = At most { $max } digits after the point.
error-pattern-mismatch = This does not have the form that the field asks for.
error-not-unique = “{ $value }” is taken by { $title }.
error-check-failed = This does not meet the field’s condition.
error-read-only = This field is filled in by the workspace itself.
error-unknown-entity = There is no “{ $name }” in this workspace.
error-unknown-field = There is no field “{ $name }”.
error-unknown-record = This record is gone.
error-unknown-definition = There is no “{ $name }”.
error-record-exists = This record is there already.
error-formula-syntax = This formula cannot be read: { $detail }
error-unknown-function = There is no function { $name }.
error-argument-count = { $name } takes between { $min } and { $max } arguments, not { $found }.
error-type-mismatch = A { $expected } is wanted here, not a { $found }.
error-unknown-name = “{ $name }” is no field, link or list.
error-ambiguous-name = “{ $name }” could mean several things. Name the list by its own label.
error-formula-too-large = This formula is too long or too deep.
error-cycle = These fields compute each other in a circle: { $path }.
error-endless-rules = These rules keep waking each other: { $rules }. Nothing was changed.
error-duplicate-id = “{ $name }” is there twice.
error-still-used = “{ $name }” is still in use.
error-invalid-definition = This is not complete: { $detail }
error-nothing-to-undo = There is nothing to undo.
error-nothing-to-redo = There is nothing to redo.
error-clash = “{ $title }” has been changed since. Nothing was overwritten.
error-malformed = This cannot be read: { $detail }
error-too-new = This was made by a newer version ({ $found }; this one knows { $known }).
error-pack-installed = “{ $name }” is installed already.
error-not-saved = This could not be written: { $detail }. It is kept in memory until it can.

## toast

toast-undone = Undone.
toast-redone = Done again.
toast-clash = “{ $title }” was changed in another tab. Your change to it was not made.

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

## field
field-yes = Yes
field-no = No
field-none = –
field-separator = {", "}
field-missing = Removed record
field-untitled = Untitled
field-stars = { $count } of { $max } stars
field-days = { $count } d
field-hours = { $count } h
field-minutes = { $count } min
field-seconds = { $count } s
field-search = Search…
field-no-match = Nothing matches “{ $text }”
field-nothing-to-pick = Nothing to pick
field-new-tag = Add “{ $text }”
field-drop = Remove { $name }
field-country = Country
field-region = Province or state
field-city = City
field-postcode = Postal code
field-street = Street, building, room
field-duration-example = 1h 30m
field-location-example = 22.5431, 114.0579
field-nps-least = Not at all likely
field-nps-most = Very likely
field-drop-files = Drop files here or
field-choose-files = choose
field-reading-file = Reading the file…
field-file-not-kept = { $name } could not be kept. Try it again.
field-sign-here = Area to sign in
field-keep-signature = Keep signature
field-sign-again = Start over
field-signed = Signed

## form
form-new = New { $name }
form-edit = Edit { $name }
form-create = Create
form-save = Save
form-cancel = Cancel
form-discard = Discard
form-leave = Leave without saving? Press Esc again to discard.
form-more = More
form-refused = This could not be saved
form-correct = { $count ->
    [one] { $count } field to correct
   *[other] { $count } fields to correct
 }
form-created = { $name } created
form-saved = { $name } saved

## record
record-add = Add…
record-edit = Edit
record-more = More actions
record-edit-field = Edit { $name }
record-computed = Computed. It follows from other values.
record-read-only = Only rules and imports write this.
record-key-save = save
record-key-cancel = cancel
record-copy-link = Copy link
record-link-copied = Link copied
record-print = Print…
record-remove = Remove
record-removed = { $name } removed
record-open-page = Open as a page
record-previous = Previous (K)
record-next = Next (J)
record-details = Details
record-timeline = Timeline
record-related = Related
record-score = Score
record-parts = Parts of the record
record-resize = Resize the panel
record-gone = This record is not here
record-gone-say = It was removed, or the link belongs to another workspace. Undo brings back what was just removed.
record-to-list = Back to the list
record-crumbs = Breadcrumb
record-region = Record

## related
related-add = Add related…
related-add-one = Add { $name }
related-all = Show all { $count }
related-list = Open the list

## score
score-over = Over { $points }
score-missing = { $points } points short
score-met = { $met } of { $count } criteria met
score-dial = { $total } of { $most } points, threshold { $threshold }
score-fit = Fit
score-engagement = Engagement
score-nearest = Nearest gain: “{ $what }” would lift the score to { $total }.

## why
why-or = {" "}or{" "}
why-and = {" "}and{" "}
why-not = not: { $what }
why-blank = not filled in
why-holds = Met:
why-holds-not = Not met:
why-equals = { $field } is { $value }
why-not-equals = { $field } is not { $value }
why-contains = { $field } contains { $value }
why-not-contains = { $field } does not contain { $value }
why-starts-with = { $field } starts with { $value }
why-ends-with = { $field } ends with { $value }
why-greater = { $field } is more than { $value }
why-at-least = { $field } is at least { $value }
why-less = { $field } is less than { $value }
why-at-most = { $field } is at most { $value }
why-between = { $field } is between { $value }
why-one-of = { $field } is one of { $value }
why-none-of = { $field } is none of { $value }
why-empty = { $field } is blank
why-filled = { $field } is filled in
why-changed = { $field } changed

## timeline
timeline-show = Show
timeline-all = All
timeline-people = People
timeline-automation = Rules
timeline-loading = Reading the log…
timeline-empty = Nothing here yet
timeline-more = Show { $count } more
timeline-more-changes = { $count } more changes
timeline-today = Today
timeline-yesterday = Yesterday
timeline-somebody = Somebody
timeline-rule = Rule
timeline-created = created this record
timeline-removed = removed this record
timeline-imported = changed this by an import
timeline-undid = undid a change
timeline-redid = redid a change
timeline-day = brought it up to date for a new day
timeline-changed-one = changed { $field }
timeline-changed = changed { $count ->
    [one] { $count } field
   *[other] { $count } fields
 }
timeline-before = before
timeline-after = after
timeline-why = Why?
timeline-why-now = Checked against the record as it stands now.
timeline-why-always = This rule has no condition: it runs each time.
