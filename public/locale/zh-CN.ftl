
## part
part-close = 关闭
part-messages = 消息
part-undo = 撤销
part-open = 打开

## banner
banner-retry = 重试
banner-export = 导出…
banner-reload = 重新加载
banner-not-kept = 当前浏览器不会保存数据。
banner-not-kept-do = 可以照常使用，但关闭页面后数据会丢失，离开前请先导出。
banner-quota = 存储空间已满。
banner-quota-do = 最近的改动还在内存中。请清理空间后重试，或立即导出。
banner-not-saved = 最近的改动尚未保存。
banner-not-saved-do = 改动仍在内存中。浏览器提示：{ $detail }
banner-version-changed = 另一个标签页已打开新版本。
banner-version-changed-do = 重新加载后即可继续，已保存的内容都在。
banner-blocked = 数据库正被其他标签页占用。
banner-blocked-do = 请关闭本工作区的其他标签页，然后重新加载。
banner-quarantined = 有 { $count } 条记录无法读取，已单独存放。
banner-quarantined-do = 没有删除任何内容，导出文件中包含这些记录：{ $names }
banner-update-ready = 新版本已就绪。
banner-update-ready-do = 方便时重新加载即可。
